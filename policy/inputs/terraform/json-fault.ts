/** Where a text stops being JSON. */
export interface JsonFault {
  /** In characters from 0. */
  readonly offset: number;
  /** What could stand there. */
  readonly expected: string;
}

const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What may come next, by name of the state. */
type State = "value" | "first key" | "key" | "colon" | "first item" | "after" | "end";

const EXPECTED: Readonly<Record<State, string>> = {
  value: "a value",
  "first key": "a key in quotes or `}`",
  key: "a key in quotes",
  colon: "`:`",
  "first item": "a value or `]`",
  after: "`,` or the end of the list or object",
  end: "the end of the text",
};

/**
 * Finds the first place at which a text that is no JSON stops being JSON, in time linear in its length: what the engine of
 * Node says of it has no place in every version.
 */
export function findJsonFault(text: string): JsonFault {
  return new JsonReader(text).firstFault();
}

class JsonReader {
  private offset = 0;
  private state: State = "value";
  /** Closing brackets that are due. */
  private readonly due: string[] = [];

  constructor(private readonly text: string) {}

  firstFault(): JsonFault {
    for (;;) {
      this.space();
      const { state, offset } = this;
      if (offset >= this.text.length) return { offset, expected: EXPECTED[state] };
      const fault = this.step(this.text[offset] ?? "");
      if (fault !== undefined) return fault;
    }
  }

  private step(character: string): JsonFault | undefined {
    const { state } = this;
    if (state === "first key" || state === "first item") {
      if (character === this.due.at(-1)) return this.close();
      const inner = state === "first key" ? "key" : "value";
      this.state = inner;
      const fault = this.step(character);
      return fault?.expected === EXPECTED[inner] ? this.fault(state) : fault;
    }
    if (state === "value") return this.value(character);
    if (state === "key") return character === '"' ? (this.string() ?? this.go("colon")) : this.fault(state);
    if (state === "colon") return character === ":" ? this.take("value") : this.fault(state);
    if (state === "end") return this.fault(state);
    if (character === this.due.at(-1)) return this.close();
    return character === "," ? this.take(this.due.at(-1) === "}" ? "key" : "value") : this.fault(state);
  }

  private value(character: string): JsonFault | undefined {
    if (character === "{" || character === "[") {
      this.due.push(character === "{" ? "}" : "]");
      return this.take(character === "{" ? "first key" : "first item");
    }
    if (character === '"') return this.string() ?? this.behindValue();
    SCALAR.lastIndex = this.offset;
    const scalar = SCALAR.exec(this.text)?.[0];
    if (scalar === undefined) return this.fault("value");
    this.offset += scalar.length;
    return this.behindValue();
  }

  private string(): JsonFault | undefined {
    const special = /["\\\u0000-\u001f]/g;
    special.lastIndex = this.offset + 1;
    for (;;) {
      const found = special.exec(this.text);
      this.offset = found?.index ?? this.text.length;
      if (found === null) return { offset: this.offset, expected: "a quote that ends the text" };
      if (found[0] === '"') break;
      ESCAPE.lastIndex = this.offset;
      const escape = ESCAPE.exec(this.text)?.[0];
      if (escape === undefined)
        return {
          offset: this.offset,
          expected: found[0] === "\\" ? "an escape sequence" : "an escaped control character",
        };
      special.lastIndex = this.offset + escape.length;
    }
    this.offset++;
    return undefined;
  }

  private space(): void {
    const other = /[^ \t\r\n]/g;
    other.lastIndex = this.offset;
    this.offset = other.exec(this.text)?.index ?? this.text.length;
  }

  private close(): undefined {
    this.due.pop();
    this.offset++;
    this.behindValue();
  }

  private take(next: State): undefined {
    this.offset++;
    this.state = next;
  }

  private go(next: State): undefined {
    this.state = next;
  }

  private behindValue(): undefined {
    this.state = this.due.length === 0 ? "end" : "after";
  }

  private fault(state: State): JsonFault {
    return { offset: this.offset, expected: EXPECTED[state] };
  }
}
