import { databaseAuthorities, tryFindDatabaseAuthority, tryFindDatabaseTls } from "../../catalog";

test("an authority is found by its name", () => {
  expect(tryFindDatabaseAuthority("rds-ca-2019")).toEqual({ name: "rds-ca-2019", expires: "2024-08-22" });
  expect(tryFindDatabaseAuthority("rds-ca-g9")).toBeUndefined();
  expect(databaseAuthorities().map(({ name }) => name)).toContain("rds-ca-rsa2048-g1");
});

test.each([
  ["postgres", { parameter: "rds.force_ssl", requiredFrom: "15" }],
  ["aurora-postgresql", { parameter: "rds.force_ssl", requiredFrom: "17" }],
  ["sqlserver-se", { parameter: "rds.force_ssl" }],
  ["mysql", { parameter: "require_secure_transport" }],
])("how %s demands TLS", (engine, expected) => {
  expect(tryFindDatabaseTls(engine)).toMatchObject(expected);
});

test("engines without such a parameter have none", () => {
  expect(tryFindDatabaseTls("oracle-ee")).toBeUndefined();
  expect(tryFindDatabaseTls("postgresx")).toBeUndefined();
});
