import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { ApiConnection } from "../../kubernetes/api-connection";

const encoded = z.string().transform((text) => Buffer.from(text, "base64").toString("utf8"));

/** A kubeconfig with everything in it, as the control plane writes it for its administrator. */
const kubeconfigSchema = z.object({
  clusters: z.array(
    z.object({
      cluster: z.object({
        server: z.string(),
        "certificate-authority-data": encoded.optional(),
        "certificate-authority": z.string().optional(),
      }),
    }),
  ),
  users: z.array(
    z.object({
      user: z.object({
        "client-certificate-data": encoded.optional(),
        "client-certificate": z.string().optional(),
        "client-key-data": encoded.optional(),
        "client-key": z.string().optional(),
      }),
    }),
  ),
});

/** How the administrator of a kubeconfig reaches the API server. */
export function adminConnection(kubeconfig: string): ApiConnection {
  const { clusters, users } = kubeconfigSchema.parse(parse(readFileSync(kubeconfig, "utf8")));
  const cluster = clusters[0]?.cluster;
  const user = users[0]?.user;
  return {
    server: cluster?.server ?? "",
    certificateAuthority: given(cluster?.["certificate-authority-data"], cluster?.["certificate-authority"]),
    identity: {
      certificate: given(user?.["client-certificate-data"], user?.["client-certificate"]),
      key: given(user?.["client-key-data"], user?.["client-key"]),
    },
  };
}

function given(text: string | undefined, file: string | undefined): string {
  return text ?? (file === undefined ? "" : readFileSync(file, "utf8"));
}
