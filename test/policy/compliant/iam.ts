import type { Complement } from "../mutants/mutant";

const ISSUER = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE";
const BOUNDARY = "arn:aws:iam::333333333333:policy/atlas-prod-boundary";

/** Roles that pods take by the tokens of their cluster, and that another account takes. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_iam_role: {
        ReaderByWebIdentity: {
          name: "atlas-prod-reader",
          permissions_boundary: BOUNDARY,
          assume_role_policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Federated: `arn:aws:iam::333333333333:oidc-provider/${ISSUER}` },
                Action: "sts:AssumeRoleWithWebIdentity",
                Condition: {
                  StringEquals: {
                    [`${ISSUER}:aud`]: "sts.amazonaws.com",
                    [`${ISSUER}:sub`]: "system:serviceaccount:serving:reader",
                  },
                },
              },
            ],
          }),
        },
      },
    },
  },
};
