import fc from "fast-check";
import { oneLine, visible } from "../../../../policy/reports/private/visible";

test.each([
  ["a terminal's escape", "a\u001b[31mb", "a\\u001b[31mb"],
  ["a bell", "\u0007", "\\u0007"],
  ["a carriage return, which hides what stands before it", "safe\rbad", "safe\\u000dbad"],
  ["marks that turn text around", "a\u202eb\u2066c", "a\\u202eb\\u2066c"],
  ["half of a pair", "\ud800x", "\\ud800x"],
])("%s becomes its code", (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test("letters, tabs, line feeds and pictures stay", () => {
  expect(visible("Modèle\t模型\n🤖 £")).toBe("Modèle\t模型\n🤖 £");
});

test("whatever it is, what is written is allowed in XML 1.0, and writing it again changes nothing", () => {
  fc.assert(
    fc.property(fc.uint16Array({ maxLength: 40 }), (units) => {
      const text = String.fromCharCode(...units);
      const shown = visible(text);
      // https://www.w3.org/TR/xml/#NT-Char
      expect(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u.test(shown)).toBe(true);
      expect(visible(shown)).toBe(shown);
      expect(oneLine(text)).not.toMatch(/[\r\n\u2028\u2029]/);
    }),
  );
});
