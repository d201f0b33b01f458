import { readQuery } from "../../../../constructs/observability/promql/read-query";
import { withoutVariables } from "../../../../constructs/observability/promql/without-variables";

describe("withoutVariables", () => {
  test.each([
    ["rate(x[$__rate_interval])", "rate(x[5m])"],
    ["rate(x[${window}])", "rate(x[5m])"],
    ["max_over_time(x[$__range:$__interval])", "max_over_time(x[5m:5m])"],
    ['x{a="$a", b=~"${b:regex}|[[c]]"}', 'x{a=".*", b=~".*|.*"}'],
    ["topk($top, x)", "topk(1, x)"],
    ["topk([[top]], x) > ${limit}", "topk(1, x) > 1"],
    ['x{a=~"b$", c=~"[[:alpha:]]+", d="$1"}', 'x{a=~"b$", c=~"[[:alpha:]]+", d="$1"}'],
    ['label_replace(x, "a", "$1", "b", "(.*)")', 'label_replace(x, "a", "$1", "b", "(.*)")'],
    ["x{a='$b'} + y{c=`$d`}", "x{a='.*'} + y{c=`.*`}"],
    ["rate(x[5m])", "rate(x[5m])"],
  ])("turns %s into %s", (query, expected) => {
    expect(withoutVariables(query)).toBe(expected);
    expect(() => readQuery(expected)).not.toThrow();
  });

  test("leaves a query that a variable gives its labels to be refused", () => {
    expect(() => readQuery(withoutVariables("sum by ($by) (x)"))).toThrow("column 9");
  });
});
