import type { NodeGroupSnapshot } from "../../eks";
import type { AwsPort } from "../../eks/contract";
import { describeSubnets, type SubnetFacts } from "../../eks/effects/subnets";
import { instanceFacts, type InstanceFacts } from "./instance-facts";
import { NO_TEMPLATE, nodeTemplate, type NodeTemplate } from "./node-template";

/** What the nodes of a group are made of, as EC2 says it. */
export interface GroupFacts {
  /** In the order of the group. */
  readonly types: readonly InstanceFacts[];
  /** In the order of the group. */
  readonly subnets: readonly SubnetFacts[];
  readonly template: NodeTemplate;
}

/** Looks up what nodes are made of, once per thing: instance types, subnets and versions of templates never change. */
export class GroupFactsReader {
  private readonly types = new Map<string, InstanceFacts>();
  private readonly subnets = new Map<string, SubnetFacts>();
  private readonly templates = new Map<string, NodeTemplate>();

  /** @param aws EC2 of the cluster's account and region */
  constructor(private readonly aws: AwsPort) {}

  /**
   * @throws SandboxError SANDBOX_REQUEST_REFUSED, and EksApiError InvalidParameterException for subnets, when EC2 does not
   * have what the group names
   */
  async read(group: NodeGroupSnapshot): Promise<GroupFacts> {
    const types: InstanceFacts[] = [];
    for (const name of group.instanceTypes) types.push(await this.typeOf(name));
    return { types, subnets: await this.subnetsOf(group.subnets), template: await this.templateOf(group) };
  }

  private async typeOf(name: string): Promise<InstanceFacts> {
    const known = this.types.get(name) ?? (await instanceFacts(this.aws, name));
    this.types.set(name, known);
    return known;
  }

  private async subnetsOf(ids: readonly string[]): Promise<SubnetFacts[]> {
    const unknown = ids.filter((id) => !this.subnets.has(id));
    if (unknown.length > 0) {
      for (const subnet of await describeSubnets(this.aws, unknown, {})) this.subnets.set(subnet.id, subnet);
    }
    return ids.flatMap((id) => this.subnets.get(id) ?? []);
  }

  private async templateOf({ launchTemplate }: NodeGroupSnapshot): Promise<NodeTemplate> {
    if (launchTemplate === undefined) return NO_TEMPLATE;
    const key = `${launchTemplate.id}/${launchTemplate.version}`;
    const known = this.templates.get(key) ?? (await nodeTemplate(this.aws, launchTemplate));
    this.templates.set(key, known);
    return known;
  }
}
