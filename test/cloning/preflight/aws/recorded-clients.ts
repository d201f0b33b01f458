import { type Clients, clientsFor } from "../../../../cloning/preflight/aws/clients";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** Answers by the name of the command, as in `DescribeVpcsCommand`; an error is thrown. */
export type Answers = Readonly<Record<string, object | ((input: Record<string, unknown>) => object)>>;

/** An error as AWS's clients throw it. */
export function awsFailure(name: string, status: number, message = "no"): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

/** The real clients, whose calls are answered here instead of being sent. */
export function recordedClients(answers: Answers): Clients {
  const clients = clientsFor("us-east-1", { credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  const send = ({ constructor, input }: { constructor: { name: string }; input: Record<string, unknown> }) => {
    const answer = answers[constructor.name] ?? awsFailure("AccessDeniedException", 400, constructor.name);
    const given: object = typeof answer === "function" ? (answer as (input: object) => object)(input) : answer;
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  for (const client of Object.values(clients) as { send: unknown }[]) client.send = send;
  return clients;
}
