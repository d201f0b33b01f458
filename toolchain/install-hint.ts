import { packageManagerOf } from "./host";
import type { Host, PackageManager } from "./host";

/** Tools a user installs himself. */
export type InstallableTool = "node" | "terraform" | "python";

const HASHICORP_KEY = "/usr/share/keyrings/hashicorp-archive-keyring.gpg";

const COMMANDS: Record<InstallableTool, Record<PackageManager, string>> = {
  node: {
    brew: "brew install node@22",
    apt: "nvm install 22 (nvm: https://github.com/nvm-sh/nvm)",
    dnf: "sudo dnf install -y nodejs",
    pacman: "sudo pacman -S nodejs npm",
    winget: "winget install OpenJS.NodeJS.LTS",
    none: "see https://nodejs.org/en/download",
  },
  // Debian and Ubuntu carry neither Terraform nor OpenTofu: the vendor's own package source, as its manual gives it.
  terraform: {
    brew: "brew install hashicorp/tap/terraform",
    apt: `wget -qO- https://apt.releases.hashicorp.com/gpg | sudo gpg --dearmor -o ${HASHICORP_KEY} && echo "deb [signed-by=${HASHICORP_KEY}] https://apt.releases.hashicorp.com $(. /etc/os-release; echo $VERSION_CODENAME) main" | sudo tee /etc/apt/sources.list.d/hashicorp.list && sudo apt-get update && sudo apt-get install -y terraform`,
    dnf: "sudo dnf install -y opentofu",
    pacman: "sudo pacman -S opentofu",
    winget: "winget install Hashicorp.Terraform",
    none: "see https://developer.hashicorp.com/terraform/install",
  },
  python: {
    brew: "brew install python@3.13",
    apt: "sudo apt-get install -y python3 python3-venv",
    dnf: "sudo dnf install -y python3",
    pacman: "sudo pacman -S python",
    winget: "winget install Python.Python.3.13",
    none: "see https://www.python.org/downloads",
  },
};

/** The command that installs a tool on this machine, or the page that says how. */
export function installHint(tool: InstallableTool, host: Host): string {
  return COMMANDS[tool][packageManagerOf(host)];
}
