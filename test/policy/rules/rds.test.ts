import { rdsAuthority } from "../../../policy/rules/rds/rds-authority";
import { rdsBackups } from "../../../policy/rules/rds/rds-backups";
import { rdsDeletionProtection } from "../../../policy/rules/rds/rds-deletion-protection";
import { rdsEncrypted } from "../../../policy/rules/rds/rds-encrypted";
import { rdsFinalSnapshot } from "../../../policy/rules/rds/rds-final-snapshot";
import { rdsIamAuthentication } from "../../../policy/rules/rds/rds-iam-authentication";
import { rdsMonitoring } from "../../../policy/rules/rds/rds-monitoring";
import { rdsMultiAz } from "../../../policy/rules/rds/rds-multi-az";
import { rdsOwnKey } from "../../../policy/rules/rds/rds-own-key";
import { rdsPasswordManaged } from "../../../policy/rules/rds/rds-password-managed";
import { rdsTlsRequired } from "../../../policy/rules/rds/rds-tls-required";
import { rdsVersionSupported } from "../../../policy/rules/rds/rds-version-supported";
import { judgeExample } from "../../../policy/run/judge-example";
import { answersOf } from "./answers-of";

const instance = (about: object, more: object = {}) => ({
  aws_db_instance: { main: { engine: "postgres", ...about } },
  ...more,
});
const cluster = (about: object, more: object = {}) => ({
  aws_rds_cluster: { main: { engine: "aurora-postgresql", ...about } },
  ...more,
});

describe("encryption", () => {
  test("of a replica or a restored database is that of its source", () => {
    expect(answersOf(rdsEncrypted, instance({ replicate_source_db: "atlas-prod" }))).toEqual(["not applicable"]);
    expect(answersOf(rdsEncrypted, instance({ snapshot_identifier: "snap", storage_encrypted: false }))).toEqual([
      "fail: `storage_encrypted` must be true, got false",
    ]);
  });

  test("is always there in a serverless cluster of the first kind", () => {
    expect(answersOf(rdsEncrypted, cluster({ engine_mode: "serverless" }))).toEqual(["pass"]);
  });

  test("with no encryption there is no key to ask for", () => {
    expect(answersOf(rdsOwnKey, instance({}))).toEqual(["not applicable"]);
  });
});

describe("keeping data", () => {
  test("a cluster keeps backups for a day unless told otherwise, an instance none", () => {
    expect(answersOf(rdsBackups, cluster({}))).toEqual([
      "fail: `backup_retention_period` must be at least 7, got nothing",
    ]);
    const dev = { terraform: { resource: cluster({}) as never }, stage: "dev" as const };
    expect(judgeExample(rdsBackups, dev).counts.pass).toBe(1);
    expect(judgeExample(rdsBackups, { ...dev, terraform: { resource: instance({}) as never } }).counts.fail).toBe(1);
  });

  test("other environments than production may be deleted", () => {
    const staging = {
      terraform: { resource: instance({ skip_final_snapshot: true }) as never },
      stage: "staging" as const,
    };
    expect(judgeExample(rdsDeletionProtection, staging).counts["not-applicable"]).toBe(1);
    expect(judgeExample(rdsFinalSnapshot, staging).counts["not-applicable"]).toBe(1);
  });

  test("a last snapshot needs a name", () => {
    expect(answersOf(rdsFinalSnapshot, instance({ skip_final_snapshot: "false" }))).toEqual([
      "fail: `final_snapshot_identifier` must be set, got nothing",
    ]);
  });

  test("a cluster outlives its zone by a second instance", () => {
    const of = (count: unknown) => ({
      aws_rds_cluster_instance: { all: { cluster_identifier: "${aws_rds_cluster.main.id}", count } },
    });
    expect(answersOf(rdsMultiAz, cluster({}, of(1)))).toEqual([
      "fail: must have at least 2 instances in production, got 1",
    ]);
    expect(answersOf(rdsMultiAz, cluster({}, of(2)))).toEqual(["pass"]);
    expect(answersOf(rdsMultiAz, cluster({ db_cluster_instance_class: "db.r6gd.large" }))).toEqual(["pass"]);
  });
});

describe("TLS", () => {
  test.each([
    ["postgres", "18", "pass"],
    ["postgres", "15.4", "pass"],
    ["postgres", "14.9", "fail"],
    ["mariadb", "11.8.3", "pass"],
    ["mariadb", "11.4", "fail"],
    ["mysql", "8.4", "fail"],
    ["sqlserver-se", "16.00", "fail"],
  ])("is demanded by %s %s without a group as its defaults have it: %s", (engine, version, expected) => {
    const [answer = ""] = answersOf(rdsTlsRequired, instance({ engine, engine_version: version }));
    expect(answer.split(":")[0]).toBe(expected);
  });

  test("is not asked of engines that have no parameter for it", () => {
    expect(answersOf(rdsTlsRequired, instance({ engine: "oracle-ee" }))).toEqual(["not applicable"]);
  });

  test("is found in a group that is named by its name", () => {
    const group = (value: string) => ({
      aws_db_parameter_group: { main: { name: "atlas", parameter: [{ name: "rds.force_ssl", value }] } },
    });
    expect(
      answersOf(rdsTlsRequired, instance({ engine_version: "14", parameter_group_name: "atlas" }, group("1"))),
    ).toEqual(["pass"]);
    expect(
      answersOf(rdsTlsRequired, instance({ engine_version: "18", parameter_group_name: "atlas" }, group("0"))),
    ).toEqual(['fail: `rds.force_ssl` must be on in aws_db_parameter_group.main, got "0"']);
  });

  test("a default group has the default of its version", () => {
    expect(
      answersOf(rdsTlsRequired, instance({ engine_version: "18", parameter_group_name: "default.postgres18" })),
    ).toEqual(["pass"]);
    expect(answersOf(rdsTlsRequired, instance({ parameter_group_name: "default.postgres18" }))).toEqual([
      "unknown: `rds.force_ssl` must be on, and whether it is by default depends on `engine_version`: nothing",
    ]);
  });

  test("a certificate of an authority that the table lacks is not known", () => {
    expect(answersOf(rdsAuthority, instance({ ca_cert_identifier: "rds-ca-2015" }))).toEqual([
      'fail: `ca_cert_identifier` must be one of rds-ca-rsa2048-g1, rds-ca-rsa4096-g1, rds-ca-ecc384-g1, got "rds-ca-2015", which expired on 2020-03-05',
    ]);
    expect(answersOf(rdsAuthority, instance({ ca_cert_identifier: "rds-ca-g9" }))[0]).toMatch(/^unknown: /);
  });
});

describe("passwords", () => {
  test("that come from elsewhere lie in the state", () => {
    expect(answersOf(rdsPasswordManaged, instance({ password: "${random_password.db.result}" }))).toEqual([
      "fail: `password` must not be set, since it lies in the state: ${random_password.db.result}",
    ]);
  });

  test("may be handed in without a trace", () => {
    expect(
      answersOf(rdsPasswordManaged, cluster({ master_password_wo: "${var.password}", master_password_wo_version: 1 })),
    ).toEqual(["pass"]);
    expect(answersOf(rdsPasswordManaged, cluster({ master_password_wo: "hunter22" }))).toEqual([
      "fail: `master_password_wo` must not be written in code",
    ]);
  });

  test("of a replica are those of its source", () => {
    expect(answersOf(rdsPasswordManaged, instance({ replicate_source_db: "atlas-prod" }))).toEqual(["not applicable"]);
  });
});

describe("servers and versions", () => {
  test("engines that cannot sign in by IAM are not asked to", () => {
    expect(answersOf(rdsIamAuthentication, instance({ engine: "sqlserver-se" }))).toEqual(["not applicable"]);
  });

  test("an instance may be watched by its cluster", () => {
    const member = { aws_rds_cluster_instance: { one: { cluster_identifier: "${aws_rds_cluster.main.id}" } } };
    expect(answersOf(rdsMonitoring, cluster({ monitoring_interval: 60 }, member))).toEqual(["pass"]);
    expect(answersOf(rdsMonitoring, cluster({}, member))[0]).toMatch(/^fail: /);
  });

  test("a version that is newer than the table is not known", () => {
    expect(answersOf(rdsVersionSupported, instance({ engine_version: "31.1" }))).toEqual([
      "unknown: `engine_version` must be in standard support, and is newer than the table of 2026-08-22",
    ]);
  });
});
