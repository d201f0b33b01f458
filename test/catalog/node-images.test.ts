import { nodeImageRelease } from "../../catalog";

test("images of Amazon Linux are released by day", () => {
  expect(nodeImageRelease("al2023")).toMatch(/^v20\d{6}$/);
});

test("images of Bottlerocket are released by version", () => {
  expect(nodeImageRelease("bottlerocket")).toMatch(/^v\d+\.\d+\.\d+$/);
});
