import { readTerraformLine } from "../../../sandbox/deploy/terraform-line";

const resource = (action: string, phase: string, elapsed?: string): object => ({
  type: "resource",
  stack: "s",
  address: 'aws_subnet.Main["a"]',
  action,
  phase,
  ...(elapsed && { elapsed }),
});

test.each([
  ['aws_subnet.Main["a"]: Creating...', resource("create", "started")],
  ['aws_subnet.Main["a"]: Modifying... [id=subnet-1]', resource("update", "started")],
  ['aws_subnet.Main["a"]: Destroying... [id=subnet-1]', resource("destroy", "started")],
  ['aws_subnet.Main["a"]: Reading...', resource("read", "started")],
  ['aws_subnet.Main["a"]: Refreshing state... [id=subnet-1]', resource("refresh", "started")],
  ['aws_subnet.Main["a"]: Still creating... [10s elapsed]', resource("create", "waiting", "10s")],
  ['aws_subnet.Main["a"]: Still modifying... [id=subnet-1, 1m10s elapsed]', resource("update", "waiting", "1m10s")],
  ['aws_subnet.Main["a"]: Still destroying... [id=subnet-1, 00m10s elapsed]', resource("destroy", "waiting", "00m10s")],
  ['aws_subnet.Main["a"]: Creation complete after 1m2s [id=subnet-1]', resource("create", "done", "1m2s")],
  ['aws_subnet.Main["a"]: Modifications complete after 0s [id=subnet-1]', resource("update", "done", "0s")],
  ['aws_subnet.Main["a"]: Destruction complete after 3s', resource("destroy", "done", "3s")],
  ["Plan: 2 to add, 1 to change, 3 to destroy.", { type: "planned", stack: "s", add: 2, change: 1, destroy: 3 }],
  [
    "Plan: 1 to import, 2 to add, 0 to change, 0 to destroy.",
    { type: "planned", stack: "s", add: 2, change: 0, destroy: 0 },
  ],
  ["Destroy complete! Resources: 24 destroyed.", { type: "destroyed", stack: "s", destroy: 24 }],
  ["Initializing the backend...", { type: "initializing", stack: "s" }],
])("%s", (line, event) => {
  expect(readTerraformLine("s", line)).toEqual(event);
});

test.each(['  + cidr_block = "10.0.0.0/16"', "Outputs:", "", "Terraform will perform the following actions:"])(
  "tells nothing: %j",
  (line) => {
    expect(readTerraformLine("s", line)).toBeUndefined();
  },
);
