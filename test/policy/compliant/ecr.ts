import type { Complement } from "../mutants/mutant";

/** Images that another account of the organisation may pull. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_ecr_repository_policy: {
        serving: {
          repository: "atlas-prod/serving",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Sid: "PullForOrganisation",
                Effect: "Allow",
                Principal: "*",
                Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
              },
            ],
          }),
        },
      },
    },
  },
};
