import { findImportCycles } from "./checks/cycles";
import type { Room } from "./checks/rooms";
import { findForbiddenImports, findHomelessFiles } from "./checks/rooms";
import { readFixture, readRepositoryJson, readSourceTree } from "./support/source-tree";

const { rooms } = readRepositoryJson<{ rooms: Room[] }>("architecture/rooms.json");

describe("this repository", () => {
  const files = readSourceTree();

  test("has every source file in a room", () => {
    expect(findHomelessFiles(files, rooms)).toEqual([]);
  });

  test("imports only in the directions that the table of rooms allows", () => {
    expect(findForbiddenImports(files, rooms)).toEqual([]);
  });

  test("has no import cycle", () => {
    expect(findImportCycles(files)).toEqual([]);
  });
});

describe("the table of rooms", () => {
  test("names only rooms that exist", () => {
    const known = new Set(["*", "constructs/*", "policy/*", ...rooms.map((room) => room.name)]);
    const named = rooms.flatMap((room) => [...room.mayImport, ...(room.mayImportTypes ?? [])]);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  test("lets nothing but tests import tests", () => {
    expect(rooms.filter((room) => room.mayImport.includes("test")).map((room) => room.name)).toEqual(["test"]);
  });
});

describe("the checks find", () => {
  test("imports against the direction, of every form, type imports included", () => {
    expect(findForbiddenImports(readFixture("rooms"), rooms)).toMatchInlineSnapshot(`
      [
        "cli/main.ts:1 imports \`test\` ("../test/support"): \`cli\` may import every room but \`test\`: commands compose everything, tests excepted.",
        "constructs/network/vpc.ts:1 imports \`constructs/cluster\` ("../cluster/eks-cluster"): \`constructs/network\` may import \`constructs/core\`, \`catalog\`, \`constructs/encryption\`: a network outlives what runs in it, so it must not know what that is.",
        "constructs/network/vpc.ts:2 imports \`stacks\` ("../../stacks/platform"): \`constructs/network\` may import \`constructs/core\`, \`catalog\`, \`constructs/encryption\`: a network outlives what runs in it, so it must not know what that is.",
        "constructs/serving/model-service.ts:1 imports \`constructs/tracking\` ("../tracking/model-store"): \`constructs/serving\` may import \`constructs/core\`, \`catalog\`, \`constructs/encryption\`, \`constructs/network\`, \`constructs/storage\`, \`constructs/registry\`, \`constructs/database\`, \`constructs/cache\`, \`constructs/identity\`, \`constructs/cluster\`, \`constructs/kubernetes\`, \`constructs/components\`: application domains meet only through interfaces in constructs/core, passed by the stacks, so that each can be left out.",
        "sandbox/gateway.ts:1 imports \`config\` ("../config"): \`sandbox\` may import \`catalog\`, \`toolchain\`: the sandbox plays AWS, and AWS does not know who calls it; with our code inside, a deploy into it would prove nothing.",
        "sandbox/gateway.ts:2 imports \`stacks\` ("../stacks/platform"): \`sandbox\` may import \`catalog\`, \`toolchain\`: the sandbox plays AWS, and AWS does not know who calls it; with our code inside, a deploy into it would prove nothing.",
        "stacks/platform.ts:2 imports \`config\` ("../config"): \`stacks\` may import types of it only: stacks are wiring: they use the library through constructs/index.ts and are handed a loaded configuration.",
        "stacks/platform.ts:3 imports \`constructs/cluster\` ("../constructs/cluster/eks-cluster"): \`stacks\` may import \`constructs\`, types of \`config\`: stacks are wiring: they use the library through constructs/index.ts and are handed a loaded configuration.",
      ]
    `);
  });

  test("a folder that is no room", () => {
    expect(findHomelessFiles(readFixture("rooms"), rooms)).toEqual([
      "helpers/strings.ts belongs to no room: add its folder to architecture/rooms.json or move the file.",
    ]);
  });

  test("a cycle, once, though a type import closes it", () => {
    expect(findImportCycles(readFixture("cycles"))).toEqual([
      "Import cycle: core/a.ts → core/b.ts → core/c.ts → core/a.ts. Move what both need into a file that imports neither.",
    ]);
  });
});
