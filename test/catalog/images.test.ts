import { findImage, imageNames, imageReference } from "../../catalog";

test("every image has a registry, a tag that stays, a date and a source", () => {
  for (const name of imageNames()) {
    const { repository, tag, asOf, source } = findImage(name);
    expect(repository).toMatch(/^[a-z0-9.-]+\.[a-z]+\/[a-z0-9/-]+$/);
    expect(tag).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(source).not.toBe("");
    expect(imageReference(name)).toBe(`${repository}:${tag}`);
  }
});
