import { hasOtherResources, withoutCluster } from "../../../../sandbox/deploy/kubernetes/stack-json";

test("a stack without its Kubernetes objects keeps all that is not of them", () => {
  expect(
    withoutCluster({
      terraform: {
        required_version: ">= 1.10",
        required_providers: { aws: { version: "5" }, helm: {}, kubernetes: {} },
        backend: { s3: { key: "k" } },
      },
      provider: { aws: [{}], helm: [{}], kubernetes: [{}] },
      resource: {
        helm_release: { H: {} },
        aws_iam_role: {
          R: { name: "r", depends_on: ["helm_release.H"] },
          S: { depends_on: ["helm_release.H", "aws_iam_role.R"] },
        },
      },
      data: { kubernetes_nodes: { N: {} }, terraform_remote_state: { C: { backend: "s3" } } },
      output: { role: { value: "${aws_iam_role.R.arn}" }, release: { value: "${helm_release.H.id}" } },
    }),
  ).toEqual({
    terraform: {
      required_version: ">= 1.10",
      required_providers: { aws: { version: "5" } },
      backend: { s3: { key: "k" } },
    },
    provider: { aws: [{}] },
    resource: { aws_iam_role: { R: { name: "r" }, S: { depends_on: ["aws_iam_role.R"] } } },
    data: { terraform_remote_state: { C: { backend: "s3" } } },
    output: { role: { value: "${aws_iam_role.R.arn}" } },
  });
});

test("a stack of Kubernetes objects alone has nothing else", () => {
  expect(hasOtherResources({ resource: { helm_release: { H: {} }, aws_iam_role: {} } })).toBe(false);
  expect(hasOtherResources({ resource: { aws_iam_role: { R: {} } } })).toBe(true);
  expect(hasOtherResources({})).toBe(false);
});
