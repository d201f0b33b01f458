import { FORMATS } from "../../../policy/reports/formats";
import { writeReport } from "../../../policy/reports/write-report";
import { EMPTY, FULL, manyFindings, OPTIONS, report } from "./report-fixture";

describe.each(FORMATS)("%s", (format) => {
  test("gives the same bytes for the same reports, and ends with one line feed", () => {
    const text = writeReport(format, [FULL, EMPTY], OPTIONS);
    expect(writeReport(format, [FULL, EMPTY], OPTIONS)).toBe(text);
    expect(text).toMatch(/[^\n]\n$/);
  });

  test("writes five hundred findings in a second", () => {
    const started = performance.now();
    writeReport(format, [report({ findings: manyFindings(500) })], OPTIONS);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("says once that nothing was judged, findings or not", () => {
    const notices = [{ level: "warning" as const, message: "nothing was judged: no resource in plan plan.json" }];
    const text = writeReport(format, [{ ...EMPTY, notices, findings: [FULL.findings[0]!] }], OPTIONS);
    if (format !== "json") expect(text).toContain("nothing was judged: there is no resource");
    if (format !== "json") expect(text).not.toContain("nothing was judged: no resource");
  });

  test("tells nothing judged from all well", () => {
    expect(writeReport(format, [EMPTY], OPTIONS)).not.toBe(writeReport(format, [report()], OPTIONS));
    if (format !== "json")
      expect(writeReport(format, [EMPTY], OPTIONS)).toContain("nothing was judged: there is no resource");
  });
});
