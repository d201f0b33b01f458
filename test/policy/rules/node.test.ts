import fc from "fast-check";
import type { Example } from "../../../policy/engine/rule";
import { nodeAsgTags } from "../../../policy/rules/node/node-asg-tags";
import { nodeDisksEncrypted } from "../../../policy/rules/node/node-disks-encrypted";
import { nodeDisksOwnKey } from "../../../policy/rules/node/node-disks-own-key";
import { nodeImageArchitecture } from "../../../policy/rules/node/node-image-architecture";
import { nodeMetadataHopLimit } from "../../../policy/rules/node/node-metadata-hop-limit";
import { nodeServingOnDemand } from "../../../policy/rules/node/node-serving-on-demand";
import { nodeSeveralZones } from "../../../policy/rules/node/node-several-zones";
import { nodeSystemOnDemand } from "../../../policy/rules/node/node-system-on-demand";
import { nodeUpdateInParts } from "../../../policy/rules/node/node-update-in-parts";
import { nodeUserDataWithoutKeys } from "../../../policy/rules/node/node-user-data-without-keys";
import { nodeVersionSkew } from "../../../policy/rules/node/node-version-skew";
import { resources, said } from "./private/said";

const group = (about: object): Example =>
  resources({ aws_eks_node_group: { workers: { cluster_name: "atlas", ...about } } });
const template = (about: object): Example => resources({ aws_launch_template: { nodes: { ...about } } });

describe("disks", () => {
  const message = (index: string): string => `fail: \`${index}\` must be true, got nothing`;

  test("are each looked at, however the blocks are written", () => {
    const mapping = { device_name: "/dev/xvda", ebs: [{ volume_size: 100 }] };
    const good = { device_name: "/dev/xvdb", ebs: { encrypted: "true" } };
    expect(said(nodeDisksEncrypted, template({ block_device_mappings: [good, mapping] }))).toEqual([
      message("block_device_mappings[1].ebs.encrypted"),
    ]);
    expect(said(nodeDisksEncrypted, template({ block_device_mappings: mapping }))).toEqual([
      message("block_device_mappings.ebs.encrypted"),
    ]);
  });

  test("of the instance itself are left out", () => {
    const ephemeral = { device_name: "/dev/sdb", virtual_name: "ephemeral0" };
    const good = { device_name: "/dev/xvda", ebs: { encrypted: true } };
    expect(said(nodeDisksEncrypted, template({ block_device_mappings: [ephemeral, good] }))).toEqual([]);
  });

  test("that nobody states are as the image has them, of which nothing is known when it is somebody's own", () => {
    const rest = "an encrypted root disk must be stated, and none is, so that the image decides";
    expect(said(nodeDisksEncrypted, template({}))).toEqual([`fail: ${rest}`]);
    expect(said(nodeDisksEncrypted, template({ image_id: "ami-1" }))).toEqual([`unknown: ${rest}`]);
  });

  test("of instances have blocks of their own", () => {
    const instance = { root_block_device: { encrypted: true }, ebs_block_device: [{ encrypted: false }] };
    expect(said(nodeDisksEncrypted, resources({ aws_instance: { bastion: instance } }))).toEqual([
      "fail: `ebs_block_device[0].encrypted` must be true, got false",
    ]);
  });

  test("are encrypted where the account does so by default", () => {
    const byDefault = (about: object): Example =>
      resources({ aws_launch_template: { nodes: {} }, aws_ebs_encryption_by_default: { all: { ...about } } });
    expect(said(nodeDisksEncrypted, byDefault({}))).toEqual([]);
    expect(said(nodeDisksEncrypted, byDefault({ enabled: false }))).toHaveLength(1);
  });
});

describe("keys in user data", () => {
  const found = ["fail: `user_data` must hold no AWS access key, got one"];
  const encoded = (text: string): Example => template({ user_data: Buffer.from(text).toString("base64") });

  test("are found in clear, in base64, and inside an expression", () => {
    const line = "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE";
    expect(said(nodeUserDataWithoutKeys, template({ user_data: line }))).toEqual(found);
    expect(said(nodeUserDataWithoutKeys, encoded(line))).toEqual(found);
    expect(said(nodeUserDataWithoutKeys, template({ user_data: `\${base64encode("${line}\${var.rest}")}` }))).toEqual(
      found,
    );
  });

  test("are found by the secret half too", () => {
    expect(said(nodeUserDataWithoutKeys, encoded(`aws_secret_access_key = ${"a1B2".repeat(10)}`))).toEqual(found);
  });

  test("are not seen in what is none", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789\n -=/"), maxLength: 200 }),
        (text) => {
          expect(said(nodeUserDataWithoutKeys, encoded(`#!/bin/bash\n${text}`))).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("never stand in the message", () => {
    const [message] = said(nodeUserDataWithoutKeys, encoded("AKIAIOSFODNN7EXAMPLE"));
    expect(message).not.toContain("AKIA");
  });
});

describe("the metadata's hop limit", () => {
  test("is no question where there is no metadata service, or no word of it", () => {
    const off = { metadata_options: { http_endpoint: "disabled", http_put_response_hop_limit: 5 } };
    expect(said(nodeMetadataHopLimit, template(off))).toEqual([]);
    expect(said(nodeMetadataHopLimit, template({}))).toEqual([]);
  });

  test("counts as a number, however it is written", () => {
    const limit = (hops: unknown): Example => template({ metadata_options: [{ http_put_response_hop_limit: hops }] });
    expect(said(nodeMetadataHopLimit, limit("1"))).toEqual([]);
    expect(said(nodeMetadataHopLimit, limit("2"))).toEqual([
      'fail: `metadata_options.http_put_response_hop_limit` must be 1, got "2"',
    ]);
  });
});

describe("an update", () => {
  const update = (about: object, largest: unknown = 8): readonly string[] =>
    said(nodeUpdateInParts, group({ scaling_config: { max_size: largest }, update_config: about }));

  test("of one node at a time is right however small the group", () => {
    expect(update({ max_unavailable: 1 }, 1)).toEqual([]);
    expect(update({})).toEqual([]);
  });

  test("is measured by the largest size of the group", () => {
    expect(update({ max_unavailable: 4 })).toEqual([]);
    expect(update({ max_unavailable: 5 })).toEqual([
      "fail: `update_config.max_unavailable` must be at most 50% of the group, got 5 of 8",
    ]);
    expect(update({ max_unavailable: 5 }, "${var.largest}")).toEqual([
      "unknown: `update_config.max_unavailable` must be at most 50% of the group, got 5 of ${var.largest}",
    ]);
  });

  test("may take half of the group", () => {
    expect(update({ max_unavailable_percentage: "50" })).toEqual([]);
    expect(update({ max_unavailable_percentage: "51" })).toHaveLength(1);
  });
});

describe("zones of a group", () => {
  const zones = (
    types: readonly string[],
    subnets: readonly string[],
    stage: "dev" | "prod" = "prod",
  ): readonly string[] =>
    said(
      nodeSeveralZones,
      resources(
        {
          aws_eks_node_group: { workers: { instance_types: types, subnet_ids: subnets } },
          aws_subnet: { a: { availability_zone: "us-east-1a" }, b: { availability_zone: "us-east-1a" } },
        },
        { stage },
      ),
    );

  test("must differ, and not only its subnets", () => {
    expect(zones(["m7i.large"], ["${aws_subnet.a.id}", "${aws_subnet.b.id}"])).toEqual([
      'fail: `subnet_ids` must lie in at least two zones, got "us-east-1a"',
    ]);
  });

  test("are believed to differ when nothing says where the subnets lie", () => {
    expect(zones(["m7i.large"], ["subnet-1", "subnet-2"])).toEqual([]);
  });

  test("are no question of GPUs, nor outside production", () => {
    expect(zones(["p5.48xlarge"], ["subnet-1"])).toEqual([]);
    expect(zones(["m7i.large"], ["subnet-1"], "dev")).toEqual([]);
  });
});

describe("the version of nodes", () => {
  const skew = (version: unknown, cluster: object = { version: "1.35" }): readonly string[] =>
    said(
      nodeVersionSkew,
      resources({
        aws_eks_cluster: { main: { name: "atlas", ...cluster } },
        aws_eks_node_group: { workers: { cluster_name: "atlas", version } },
      }),
    );

  test.each(["1.35", "1.34", "1.33", "1.32"])("may be %s on 1.35", (version) => {
    expect(skew(version)).toEqual([]);
  });

  test.each(["1.36", "1.31"])("may not be %s on 1.35", (version) => {
    expect(skew(version)).toEqual([
      `fail: \`version\` must be the cluster's "1.35" or up to 3 minor versions older, got "${version}"`,
    ]);
  });

  test("may be the cluster's by reference", () => {
    expect(skew("${aws_eks_cluster.main.version}", { version: "${var.version}" })).toEqual([]);
  });
});

describe("spot capacity", () => {
  const system = (about: object, stage: "staging" | "prod" = "prod"): readonly string[] =>
    said(nodeSystemOnDemand, { ...group({ capacity_type: "SPOT", ...about }), stage });

  test.each([
    [{ taint: { key: "CriticalAddonsOnly", effect: "NO_SCHEDULE" } }],
    [{ labels: { "example.com/pool": "system" } }],
    [{ node_group_name: "atlas-system" }],
    [{ node_group_name_prefix: "system-" }],
  ])("is refused to the system pool that is told by %j", (about) => {
    expect(system(about)).toEqual(['fail: `capacity_type` must not be "SPOT", got "SPOT"']);
  });

  test("is free to other pools, and outside production", () => {
    expect(system({ labels: { pool: "batch" } })).toEqual([]);
    expect(system({ node_group_name: "system" }, "staging")).toEqual([]);
  });

  test("is refused to serving pools only when no other one of the same cluster has steady capacity", () => {
    const pools = (others: object): Example =>
      resources({
        aws_eks_node_group: {
          spot: { cluster_name: "one", labels: { workload: "inference" }, capacity_type: "SPOT" },
          other: { labels: { workload: "serving" }, capacity_type: "ON_DEMAND", ...others },
        },
        aws_eks_cluster: { one: { name: "one" }, two: { name: "two" } },
      });
    expect(said(nodeServingOnDemand, pools({ cluster_name: "one" }))).toEqual([]);
    expect(said(nodeServingOnDemand, pools({ cluster_name: "two" }))).toHaveLength(1);
  });
});

test("an architecture is judged by the launch template's type where the group has none", () => {
  const example = resources({
    aws_eks_node_group: {
      workers: { ami_type: "AL2023_x86_64_STANDARD", launch_template: { name: "nodes", version: "1" } },
    },
    aws_launch_template: { nodes: { name: "nodes", instance_type: "m7g.large" } },
  });
  expect(said(nodeImageArchitecture, example)).toEqual([
    "fail: `instance_type` must be amd64 as `ami_type` AL2023_x86_64_STANDARD is, got m7g.large (arm64)",
  ]);
});

test("tags of an autoscaling group count only when its instances get them", () => {
  const tagged = (propagate: unknown): Example =>
    resources({
      aws_autoscaling_group: { workers: { tag: { key: "Team", value: "ml", propagate_at_launch: propagate } } },
    });
  expect(said(nodeAsgTags, tagged("true"))).toEqual([]);
  expect(said(nodeAsgTags, tagged("false"))).toEqual(["fail: `tag` must be set, with `propagate_at_launch` true"]);
});

test("a key of the account is asked of instances, and not of launch configurations, which cannot name one", () => {
  const disk = { root_block_device: { encrypted: true } };
  const example = resources({ aws_launch_configuration: { old: disk }, aws_instance: { one: disk } });
  expect(said(nodeDisksOwnKey, example)).toEqual(["fail: `root_block_device.kms_key_id` must be set, got nothing"]);
});

test("user data of instances may hold no key of AWS either", () => {
  expect(nodeUserDataWithoutKeys.sameAs?.trivy).toEqual(["AWS-0029", "AWS-0129"]);
  const example = resources({ aws_instance: { one: { user_data: "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE" } } });
  expect(said(nodeUserDataWithoutKeys, example)).toEqual(["fail: `user_data` must hold no AWS access key, got one"]);
});
