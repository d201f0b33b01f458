import * as accessEntries from "./access-entries";
import * as accessPolicies from "./access-policies";
import * as addons from "./addons";
import * as clusterUpdates from "./cluster-updates";
import * as clusters from "./clusters";
import * as identityProviders from "./identity-providers";
import * as nodegroupUpdates from "./nodegroup-updates";
import * as nodegroups from "./nodegroups";
import type { Operation } from "./operation";
import * as podIdentities from "./pod-identities";
import * as tags from "./tags";
import * as updates from "./updates";
import * as versions from "./versions";

/** Every operation that the service carries out, by its name in the API. */
export const operations: Readonly<Record<string, Operation>> = {
  CreateCluster: clusters.createCluster,
  DescribeCluster: clusters.describeCluster,
  ListClusters: clusters.listClusters,
  DeleteCluster: clusters.deleteCluster,
  UpdateClusterConfig: clusterUpdates.updateClusterConfig,
  UpdateClusterVersion: clusterUpdates.updateClusterVersion,
  AssociateEncryptionConfig: clusterUpdates.associateEncryptionConfig,
  CreateNodegroup: nodegroups.createNodegroup,
  DescribeNodegroup: nodegroups.describeNodegroup,
  ListNodegroups: nodegroups.listNodegroups,
  DeleteNodegroup: nodegroups.deleteNodegroup,
  UpdateNodegroupConfig: nodegroupUpdates.updateNodegroupConfig,
  UpdateNodegroupVersion: nodegroupUpdates.updateNodegroupVersion,
  CreateAddon: addons.createAddon,
  DescribeAddon: addons.describeAddon,
  ListAddons: addons.listAddons,
  UpdateAddon: addons.updateAddon,
  DeleteAddon: addons.deleteAddon,
  DescribeAddonVersions: versions.describeAddonVersions,
  DescribeClusterVersions: versions.describeClusterVersions,
  CreateAccessEntry: accessEntries.createAccessEntry,
  DescribeAccessEntry: accessEntries.describeAccessEntry,
  ListAccessEntries: accessEntries.listAccessEntries,
  UpdateAccessEntry: accessEntries.updateAccessEntry,
  DeleteAccessEntry: accessEntries.deleteAccessEntry,
  ListAccessPolicies: accessPolicies.listAccessPolicies,
  AssociateAccessPolicy: accessPolicies.associateAccessPolicy,
  ListAssociatedAccessPolicies: accessPolicies.listAssociatedAccessPolicies,
  DisassociateAccessPolicy: accessPolicies.disassociateAccessPolicy,
  CreatePodIdentityAssociation: podIdentities.createPodIdentityAssociation,
  DescribePodIdentityAssociation: podIdentities.describePodIdentityAssociation,
  ListPodIdentityAssociations: podIdentities.listPodIdentityAssociations,
  UpdatePodIdentityAssociation: podIdentities.updatePodIdentityAssociation,
  DeletePodIdentityAssociation: podIdentities.deletePodIdentityAssociation,
  AssociateIdentityProviderConfig: identityProviders.associateIdentityProviderConfig,
  DescribeIdentityProviderConfig: identityProviders.describeIdentityProviderConfig,
  ListIdentityProviderConfigs: identityProviders.listIdentityProviderConfigs,
  DisassociateIdentityProviderConfig: identityProviders.disassociateIdentityProviderConfig,
  DescribeUpdate: updates.describeUpdate,
  ListUpdates: updates.listUpdates,
  TagResource: tags.tagResource,
  UntagResource: tags.untagResource,
  ListTagsForResource: tags.listTagsForResource,
};
