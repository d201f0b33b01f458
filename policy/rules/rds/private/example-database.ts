import type { TerraformJson } from "../../../engine/rule";

const BASE = { identifier: "atlas-prod", engine: "postgres", engine_version: "18", instance_class: "db.m7g.large" };

/** A database of PostgreSQL with these arguments, beside what else is in `more`. */
export function database(about: object, more: TerraformJson["resource"] = {}): { readonly terraform: TerraformJson } {
  return { terraform: { resource: { ...more, aws_db_instance: { main: { ...BASE, ...about } } } } };
}
