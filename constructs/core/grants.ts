/** Condition operators of a statement: operator → key → value or values. */
export type PolicyConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an IAM policy, without saying who: that is the principal it is added to. */
export interface PolicyStatement {
  /**
   * Identifier inside the policy, letters and digits only.
   *
   * @default - none
   */
  readonly sid?: string;
  /**
   * Whether the statement allows or denies.
   *
   * @default "Allow"
   */
  readonly effect?: "Allow" | "Deny";
  /** IAM actions, such as `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs the actions apply to. */
  readonly resources: readonly string[];
  /**
   * When the statement applies.
   *
   * @default - always
   */
  readonly conditions?: PolicyConditions;
}

/** Someone whose permissions can be extended: a role. */
export interface IPrincipal {
  /** Adds a statement to the principal's own policy. */
  addToPolicy(statement: PolicyStatement): void;
}

/** Anything that can be given permissions: a role, or a construct that has one. */
export interface IGrantable {
  /** Who receives the permissions. */
  readonly grantPrincipal: IPrincipal;
}

/** A permission to give. */
export interface GrantProps extends PolicyStatement {
  /** Who receives it. */
  readonly grantee: IGrantable;
}

/**
 * What a `grantX` method gave: the statements that were added to the grantee's policy.
 *
 * @example
 * const grant = store.grantRead(podRole).combine(key.grantDecrypt(podRole));
 */
export class Grant {
  /** Adds one statement to the policy of the grantee. */
  static addToPrincipal(props: GrantProps): Grant {
    const { grantee, ...statement } = props;
    grantee.grantPrincipal.addToPolicy(statement);
    return new Grant([statement]);
  }

  /** What was granted, in order. */
  readonly statements: readonly PolicyStatement[];

  private constructor(statements: readonly PolicyStatement[]) {
    this.statements = statements;
  }

  /** This grant and another as one. */
  combine(other: Grant): Grant {
    return new Grant([...this.statements, ...other.statements]);
  }
}
