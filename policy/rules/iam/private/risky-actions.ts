/**
 * Actions that let who holds them on any resource take more rights than they have. `iam:PassRole` is judged by itself.
 *
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 */
export const ESCALATION_ACTIONS: ReadonlySet<string> = new Set([
  "iam:addusertogroup",
  "iam:attachgrouppolicy",
  "iam:attachrolepolicy",
  "iam:attachuserpolicy",
  "iam:createaccesskey",
  "iam:createloginprofile",
  "iam:createpolicyversion",
  "iam:deleterolepermissionsboundary",
  "iam:deleteuserpermissionsboundary",
  "iam:putgrouppolicy",
  "iam:putrolepolicy",
  "iam:putuserpolicy",
  "iam:setdefaultpolicyversion",
  "iam:updateassumerolepolicy",
  "iam:updateloginprofile",
  "glue:updatedevendpoint",
  "lambda:updatefunctioncode",
]);

/**
 * Actions that hand out credentials, other than those above. Tokens to pull images are left out: they only say who one is.
 *
 * @see https://gist.github.com/kmcquade/33860a617e651104d243c324ddf7992a
 */
export const CREDENTIAL_ACTIONS: ReadonlySet<string> = new Set([
  "airflow:createclitoken",
  "airflow:createweblogintoken",
  "codeartifact:getauthorizationtoken",
  "cognito-identity:getcredentialsforidentity",
  "cognito-identity:getopenidtoken",
  "cognito-identity:getopenidtokenfordeveloperidentity",
  "connect:getfederationtoken",
  "ec2:getpassworddata",
  "emr-containers:getmanagedendpointsessioncredentials",
  "grafana:createworkspaceapikey",
  "iam:createservicespecificcredential",
  "iam:resetservicespecificcredential",
  "iam:updateaccesskey",
  "lightsail:createbucketaccesskey",
  "lightsail:getinstanceaccessdetails",
  "lightsail:getrelationaldatabasemasteruserpassword",
  "rds-db:connect",
  "redshift:getclustercredentials",
  "redshift:getclustercredentialswithiam",
  "redshift-serverless:getcredentials",
  "sagemaker:createpresignednotebookinstanceurl",
  "sagemaker:createpresigneddomainurl",
  "sso:getrolecredentials",
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:getfederationtoken",
]);

/** Actions that read what is kept secret or make it readable. */
export const EXFILTRATION_ACTIONS: ReadonlySet<string> = new Set([
  "kms:decrypt",
  "s3:getobject",
  "s3:getobjectversion",
  "secretsmanager:batchgetsecretvalue",
  "secretsmanager:getsecretvalue",
  "ssm:getparameter",
  "ssm:getparameterhistory",
  "ssm:getparameters",
  "ssm:getparametersbypath",
]);
