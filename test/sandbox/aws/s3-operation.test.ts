import { s3Operation } from "../../../sandbox/aws/s3-operation";

const named = (request: string) => {
  const [method = "", url = ""] = request.split(" ");
  const { pathname, searchParams } = new URL(url, "http://s3");
  return s3Operation(method, pathname, searchParams);
};

test.each([
  ["GET /", "ListBuckets", "ListAllMyBuckets"],
  ["HEAD /b", "HeadBucket", "ListBucket"],
  ["PUT /b", "CreateBucket", "CreateBucket"],
  ["GET /b?list-type=2&prefix=x&max-keys=1", "ListObjectsV2", "ListBucket"],
  ["GET /b?versions=&prefix=x", "ListObjectVersions", "ListBucketVersions"],
  ["GET /b?lifecycle", "GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"],
  ["DELETE /b?lifecycle", "DeleteBucketLifecycle", "PutLifecycleConfiguration"],
  ["PUT /b?encryption", "PutBucketEncryption", "PutEncryptionConfiguration"],
  ["PUT /b?publicAccessBlock", "PutPublicAccessBlock", "PutBucketPublicAccessBlock"],
  ["GET /b?inventory&id=x", "GetBucketInventoryConfiguration", "GetInventoryConfiguration"],
  ["GET /b?inventory", "ListBucketInventoryConfigurations", "GetInventoryConfiguration"],
  ["DELETE /b?inventory&id=x", "DeleteBucketInventoryConfiguration", "PutInventoryConfiguration"],
  ["PUT /b?intelligent-tiering&id=x", "PutBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"],
  ["GET /b?intelligent-tiering", "ListBucketIntelligentTieringConfigurations", "GetIntelligentTieringConfiguration"],
  ["POST /b?delete", "DeleteObjects", "DeleteObject"],
  ["HEAD /b/k", "HeadObject", "GetObject"],
  ["GET /b/k?x-id=GetObject", "GetObject", "GetObject"],
  ["GET /b/k?versionId=1", "GetObject", "GetObjectVersion"],
  ["DELETE /b/k?versionId=1", "DeleteObject", "DeleteObjectVersion"],
  ["PUT /b/k?partNumber=1&uploadId=u", "UploadPart", "PutObject"],
])("%s is %s, allowed by s3:%s", (request, action, iamAction) => {
  expect(named(request)).toEqual(expect.objectContaining({ action, iamAction }));
  expect(named(request).unknown).toBeUndefined();
});

test("a key keeps its slashes and is decoded", () => {
  expect(named("PUT /b/raw/a%20b%2Bc/%C3%BC.txt")).toEqual({
    action: "PutObject",
    iamAction: "PutObject",
    bucket: "b",
    key: "raw/a b+c/ü.txt",
  });
});

test.each([
  ["DELETE /b?metrics&id=x", "DELETE bucket?metrics", "metrics"],
  ["PUT /b?analytics&id=x", "PUT bucket?analytics", "analytics"],
  ["PUT /b?requestPayment", "PUT bucket?requestPayment", "requestPayment"],
  ["PUT /b/k?torrent", "PUT object?torrent", "torrent"],
])("%s is unknown, and not taken for a call on the whole bucket", (request, action, unknown) => {
  expect(named(request)).toEqual(expect.objectContaining({ action, unknown }));
});
