/** The parameters of a call in AWS's query protocol, where `Tags.Tag.1.Key` is the key of the first tag. */
export class QueryInput {
  private readonly form: URLSearchParams;

  /**
   * @param body form of the call, as sent
   * @param prefix what the names inside begin with, for a structure within it
   */
  constructor(
    body: string | URLSearchParams,
    private readonly prefix = "",
  ) {
    this.form = typeof body === "string" ? new URLSearchParams(body) : body;
  }

  /** A text; undefined when it is not given. */
  text(name: string): string | undefined {
    return this.form.get(this.prefix + name) ?? undefined;
  }

  /** A flag; undefined when it is not given. */
  flag(name: string): boolean | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : text === "true";
  }

  /** A number; undefined when it is not given. */
  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }

  /** Texts of a list; undefined when it is not given. */
  list(name: string, member = "member"): string[] | undefined {
    const values = this.numbers(name, member).flatMap((index) => this.text(`${name}.${member}.${index}`) ?? []);
    return values.length === 0 ? undefined : values;
  }

  /** Structures of a list. */
  structures(name: string, member: string): QueryInput[] {
    return this.numbers(name, member).map(
      (index) => new QueryInput(this.form, `${this.prefix}${name}.${member}.${index}.`),
    );
  }

  private numbers(name: string, member: string): number[] {
    const start = `${this.prefix}${name}.${member}.`;
    const found = [...this.form.keys()].filter((key) => key.startsWith(start));
    const numbers = found.map((key) => Number.parseInt(key.slice(start.length), 10));
    return [...new Set(numbers)].sort((a, b) => a - b);
  }
}
