import type { Socket } from "node:net";

/** Which callers have a connection open: the system closes those of a process that died. */
export class OpenConnections {
  private readonly principals = new Map<Socket, Set<string>>();

  /** Notes that a caller uses a connection. */
  use(socket: Socket, account: string, principal: string): void {
    let callers = this.principals.get(socket);
    if (callers === undefined) {
      callers = new Set();
      this.principals.set(socket, callers);
      socket.once("close", () => this.principals.delete(socket));
    }
    callers.add(`${account}/${principal}`);
  }

  /** How many connections a caller has open. */
  count(account: string, principal: string): number {
    return [...this.principals.values()].filter((callers) => callers.has(`${account}/${principal}`)).length;
  }
}
