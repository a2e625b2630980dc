import pg from 'pg';

const MOST_STATEMENTS = 500;

type Query = (text: unknown, values?: unknown, callback?: unknown) => unknown;

/**
 * A pg client that prepares every parameterised statement by name, which neither pg nor TypeORM does by itself.
 * The name stands for the SQL *and* the database role: row-level security makes the plan depend on the role, and
 * roles alternating on one plan would be planned anew each time.
 */
export class PreparingClient extends pg.Client {
  /** The database role the running transaction acts in. */
  role = '';
  private readonly names = new Map<string, string>();

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const plain = super.query.bind(this) as Query;
    const prepared: Query = (text, values, callback) => {
      if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
        return plain(text, values, callback);
      }
      const name = this.nameOf(text);
      return name === null ? plain(text, values, callback) : plain({ name, text, values }, callback);
    };
    Object.defineProperty(this, 'query', { value: prepared });
  }

  private nameOf(text: string): string | null {
    const key = `${this.role}\n${text}`;
    const known = this.names.get(key);
    if (known !== undefined || this.names.size >= MOST_STATEMENTS) {
      return known ?? null;
    }
    const name = `s${String(this.names.size)}`;
    this.names.set(key, name);
    return name;
  }
}
