/**
 * Arguments that hold nothing but a secret, by type: those that the AWS provider marks as sensitive and somebody writes, as far
 * as platforms for machine learning use them. Databases of RDS have a rule of their own.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs `sensitive` in the provider's schema
 */
export const SECRET_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ["private_key"],
  aws_cloudwatch_event_connection: [
    "auth_parameters.api_key.value",
    "auth_parameters.basic.password",
    "auth_parameters.oauth.client_parameters.client_secret",
  ],
  aws_codebuild_source_credential: ["token"],
  aws_datasync_location_object_storage: ["secret_key"],
  aws_directory_service_directory: ["password"],
  aws_dms_endpoint: ["password"],
  aws_docdb_cluster: ["master_password"],
  aws_elasticache_replication_group: ["auth_token"],
  aws_elasticache_user: ["passwords", "authentication_mode.passwords"],
  aws_elasticsearch_domain: ["advanced_security_options.master_user_options.master_user_password"],
  aws_fsx_ontap_file_system: ["fsx_admin_password"],
  aws_fsx_windows_file_system: ["self_managed_active_directory.password"],
  aws_glue_job: ["source_control_details.auth_token"],
  aws_iam_server_certificate: ["private_key"],
  aws_kinesis_firehose_delivery_stream: ["http_endpoint_configuration.access_key", "redshift_configuration.password"],
  aws_lb_listener: ["default_action.authenticate_oidc.client_secret"],
  aws_lb_listener_rule: ["action.authenticate_oidc.client_secret"],
  aws_memorydb_user: ["authentication_mode.passwords"],
  aws_mq_broker: ["user.password", "ldap_server_metadata.service_account_password"],
  aws_opensearch_domain: ["advanced_security_options.master_user_options.master_user_password"],
  aws_redshift_cluster: ["master_password", "master_password_wo"],
  aws_redshiftserverless_namespace: ["admin_user_password"],
  aws_sagemaker_workforce: ["oidc_config.client_secret"],
  aws_secretsmanager_secret_version: ["secret_string", "secret_string_wo", "secret_binary"],
  aws_ssm_parameter: ["value", "value_wo"],
  aws_timestreaminfluxdb_db_instance: ["password"],
  aws_vpn_connection: ["tunnel1_preshared_key", "tunnel2_preshared_key"],
};
