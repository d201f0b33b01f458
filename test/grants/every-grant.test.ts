import { GRANT_CASES } from "./cases";
import { grantMethods } from "./grant-methods";

test("every grant method of the library has a case, and every case a method", () => {
  expect([...new Set(GRANT_CASES.map(({ method }) => method))].sort()).toEqual(grantMethods());
});

test("a grant method is found wherever a class has one", () => {
  expect(grantMethods()).toEqual(
    expect.arrayContaining(["encryption/key.grantDecrypt", "storage/private/store-base.grantRead"]),
  );
});
