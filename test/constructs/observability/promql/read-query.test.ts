import fc from "fast-check";
import { readQuery } from "../../../../constructs/observability/promql/read-query";
import { PromqlSyntaxError } from "../../../../constructs/observability/promql/promql-syntax-error";

const output = (query: string) => readQuery(query).outputLabels;

describe("readQuery finds", () => {
  test("series and labels, however deep they stand", () => {
    const reading = readQuery(
      'sum by (node) (rate(a_total{x="1", y=~"b|c"}[5m] offset 1h)) / on (node) group_left (pool) ' +
        'max without (pod) (max_over_time(level:b:max{z!="2"}[1h:5m] @ end()))',
    );
    expect(reading.selectors).toEqual([
      { metric: "a_total", labels: ["x", "y"] },
      { metric: "level:b:max", labels: ["z"] },
    ]);
    expect(reading.groupingLabels).toEqual(["node", "pool", "pod"]);
  });

  test.each([
    ['{__name__="up", job="x"}', "up", ["job"]],
    ['{"up", "job"="x"}', "up", ["job"]],
    ['{__name__=~"a.+"}', undefined, ["__name__"]],
    ["absent(up{job='x'})", "up", ["job"]],
    ["vllm:num_requests_waiting # waiting", "vllm:num_requests_waiting", []],
  ])("the series of %s", (query, metric, labels) => {
    expect(readQuery(query).selectors).toEqual([{ metric, labels }]);
  });

  test("what any generated selector asks for", () => {
    const name = fc.stringMatching(/^[a-z_]{3,12}$/).map((text) => `m_${text}`);
    const value = fc.string({ maxLength: 8 }).filter((text) => !text.includes("\0"));
    const matcher = fc.tuple(name, value);
    const wrap = fc.constantFrom(
      (inner: string) => inner,
      (inner: string) => `sum by (a) (${inner})`,
      (inner: string) => `rate(${inner}[5m])`,
      (inner: string) => `(${inner}) > 0`,
      (inner: string) => `label_replace(${inner}, "x", "$1", "y", "(.*)")`,
    );
    fc.assert(
      fc.property(name, fc.array(matcher, { maxLength: 4 }), wrap, (metric, matchers, around) => {
        const list = matchers.map(([label, text]) => `${label}=${JSON.stringify(text)}`).join(", ");
        const [selector, ...others] = readQuery(around(`${metric}{${list}}`)).selectors;
        expect(others).toEqual([]);
        expect(selector).toEqual({ metric, labels: [...new Set(matchers.map(([label]) => label))] });
      }),
      { numRuns: 60 },
    );
  });
});

describe("labels of the output", () => {
  test.each([
    ["sum by (a, b) (x)", ["a", "b"]],
    ["sum(x) by (a)", ["a"]],
    ["sum(x)", []],
    ["1 + 1", []],
    ["vector(1)", []],
    ["absent(up{job='x', a=~'b'})", ["job"]],
    ["absent_over_time(up{job='x'}[5m])", ["job"]],
    ["100 * (sum by (a) (x) / sum by (a) (y)) > 5", ["a"]],
    ["clamp_max(round(sum by (a) (x)), 1)", ["a"]],
    ["histogram_quantile(0.9, sum by (le, a) (rate(x_bucket[5m])))", ["a"]],
    ["topk(3, sum by (a) (x))", ["a"]],
    ["count_values('version', x)", ["version"]],
    ["count_values by (a) ('version', x)", ["a", "version"]],
    ["sum by (a) (x) or sum by (b) (y)", ["a", "b"]],
    ["sum by (a) (x) unless on (a) y", ["a"]],
    ["x * on (a) y", ["a"]],
    ["sum by (a) (x) * on (a) group_left (c) y", ["a", "c"]],
    ["y * on (a) group_right (c) sum by (a) (x)", ["a", "c"]],
    ["sum by (a, b) (x) / ignoring (b) sum by (a) (y)", ["a"]],
    ["x / sum by (a) (y)", ["a"]],
    ["label_replace(sum by (a) (x), 'b', '$1', 'a', '(.*)')", ["a", "b"]],
    ["label_join(sum by (a) (x), 'b', '-', 'a', 'c')", ["a", "b"]],
    ["sum without (a) (sum by (a, b) (x))", ["b"]],
    ["max_over_time(sum by (a) (x)[1h:1m])", ["a"]],
    ["scalar(x) > sum by (a) (y)", ["a"]],
    ["time() - max by (a) (x)", ["a"]],
    ["-sum by (a) (x)", ["a"]],
  ])("of %s", (query, labels) => {
    expect(output(query)).toEqual(labels);
  });

  test.each(["x", "rate(x[5m])", "sum without (a) (x)", "topk(3, x)", "x or sum by (a) (y)", "info(x)"])(
    "are not known of %s",
    (query) => {
      expect(output(query)).toBeUndefined();
    },
  );
});

describe("what is no PromQL", () => {
  test.each([
    ["sum(x", "the query is not PromQL at line 1, column 6: the end of the query"],
    ["foo bar", 'the query is not PromQL at line 1, column 5: "bar"'],
    ["a\n  + +)", 'the query is not PromQL at line 2, column 6: ")"'],
    ["", "the query is not PromQL at line 1, column 1: the end of the query"],
    ["rate(x[$__rate_interval])", 'the query is not PromQL at line 1, column 8: "$__rate_interval])"'],
    ["nofunction(a)", 'the query is not PromQL at line 1, column 11: "(a)"'],
    ['{a=""}', 'a selector must name something at line 1, column 1: "{a=\\"\\"}"'],
    ['{a=~".*", b!="c"}', 'a selector must name something at line 1, column 1: "{a=~\\".*\\", b!=\\"c\\"}"'],
    ['x{a=~"("}', 'a regular expression must be one at line 1, column 3: "a=~\\"(\\"}"'],
    ['x{a="b}', "the query is not PromQL at line 1, column 8: the end of the query"],
    ['"b', 'a text must end with the quote it starts with at line 1, column 1: "\\"b"'],
    ["topk(x)", '`topk` takes 2 argument(s), not 1 at line 1, column 1: "topk(x)"'],
  ])("%j is refused with the place", (query, message) => {
    expect(() => readQuery(query)).toThrow(message);
  });

  test("is told by its code and place", () => {
    const error = new PromqlSyntaxError("a\nb c", 4);
    expect(error).toMatchObject({ code: "INVALID_PROMQL", place: { line: 2, column: 3, text: "c" } });
  });

  test("is refused in this way alone, whatever it is", () => {
    const piece = fc.constantFrom(
      ..."(){}[],\"'`=~!<>:@#$+-*/^ \n",
      "sum",
      "by",
      "x",
      "5m",
      "offset",
      "and",
      "on",
      "1",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (query) => {
        try {
          readQuery(query);
        } catch (error) {
          expect(error).toBeInstanceOf(PromqlSyntaxError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
