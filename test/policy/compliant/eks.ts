import type { Complement } from "../mutants/mutant";

/** An OIDC provider of a cluster, which our own clusters do without. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_iam_openid_connect_provider: {
        Cluster: {
          url: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF",
          client_id_list: ["sts.amazonaws.com"],
        },
      },
    },
  },
};
