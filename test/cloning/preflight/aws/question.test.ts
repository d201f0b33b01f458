import { QuestionError } from "../../../../cloning/preflight";
import { question } from "../../../../cloning/preflight/aws/question";
import { awsFailure } from "./recorded-clients";

const refusalOf = (error: unknown) =>
  question("ec2:DescribeVpcs", () => Promise.reject(error as Error)).then(
    () => undefined,
    ({ refusal, detail }: QuestionError) => [refusal, detail],
  );

test.each([
  [awsFailure("AccessDenied", 403, "not you"), ["denied", "AccessDenied: not you"]],
  [awsFailure("AccessDeniedException", 400, "not you"), ["denied", "AccessDeniedException: not you"]],
  [awsFailure("UnauthorizedOperation", 403, "not you"), ["denied", "UnauthorizedOperation: not you"]],
  [awsFailure("403", 403, ""), ["denied", "403"]],
  [awsFailure("ThrottlingException", 400, "slow down\nplease"), ["failed", "ThrottlingException: slow down"]],
  [awsFailure("RequestExpired", 403, "RequestExpired"), ["failed", "RequestExpired"]],
  [Object.assign(new Error("no"), { name: "Error", Code: "AccessDenied" }), ["denied", "AccessDenied: no"]],
])("%s", async (error, expected) => {
  expect(await refusalOf(error)).toEqual(expected);
});

test("an answer is passed on, and so is a question that failed inside of another", async () => {
  expect(await question("ec2:DescribeVpcs", () => Promise.resolve(7))).toBe(7);
  const inner = new QuestionError("ec2:DescribeSubnets", "denied", "no");
  await expect(question("ec2:DescribeVpcs", () => Promise.reject(inner))).rejects.toBe(inner);
});
