import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Dialect, SqliteAdapter, SqliteDialect } from 'kysely';
import { Failure } from '../core/problem.ts';

/** Statements kept compiled: the import runs a few dozen different ones, hundreds of times each. */
const MAX_STATEMENTS = 200;

export type SqliteFile = { readonly dialect: Dialect; readonly close: () => void };

/**
 * SQLite by Node's own driver (no package to compile or fetch), made to fit Kysely's dialect. Integers come back as
 * bigint, since some are amounts; the row readers turn the others into numbers. WAL lets the command line and the
 * server share the file. With NORMAL, what is committed survives any death of the process; what must survive a power cut too
 * (a delivery) goes through `durably`.
 */
export function openSqlite(path: string): SqliteFile {
  const database = new DatabaseSync(path);
  onDisk(path, () => database.exec('PRAGMA journal_mode = WAL')); // makes two files beside the data
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA busy_timeout = 10000');
  const compiled = new Map<string, StatementSync>();

  return {
    dialect: new WholeMigrations({ database: { close, prepare } }),
    close,
  };

  function close(): void {
    compiled.clear();
    if (database.isOpen) database.close();
  }

  function prepare(sql: string) {
    const statement = statementFor(sql);
    return {
      reader: statement.columns().length > 0,
      all: (parameters: readonly unknown[]) => onDisk(path, () => statement.all(...bound(parameters)) as unknown[]),
      run: (parameters: readonly unknown[]) => onDisk(path, () => statement.run(...bound(parameters))),
      iterate: (parameters: readonly unknown[]) => statement.iterate(...bound(parameters)) as IterableIterator<unknown>,
    };
  }

  function statementFor(sql: string): StatementSync {
    const known = compiled.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    if (compiled.size >= MAX_STATEMENTS) compiled.delete(compiled.keys().next().value ?? '');
    compiled.set(sql, statement);
    return statement;
  }
}

/**
 * Migrations in one transaction, which SQLite can and Kysely does not take for granted: a process that is killed, or a disk
 * that is full, leaves the data file as it was.
 */
class WholeMigrations extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new WholeMigrationsAdapter();
  }
}

class WholeMigrationsAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const SQLITE_READONLY = 8;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
/** No room for the memory that processes share, which is a file beside the data. */
const SQLITE_IOERR_SHMSIZE = 4874;

/** What the disk refuses the database, as failures; faults of the programme pass through. */
function onDisk<Result>(path: string, task: () => Result): Result {
  try {
    return task();
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
    if (code === SQLITE_FULL || code === SQLITE_IOERR_SHMSIZE)
      throw new Failure('delivery.disk-full', { path }, { cause: error });
    if (code === SQLITE_READONLY || code === SQLITE_CANTOPEN) {
      throw new Failure('store.no-access', { path, reason: 'EACCES' }, { cause: error });
    }
    throw error;
  }
}

function bound(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => (typeof value === 'boolean' ? (value ? 1 : 0) : value)) as SQLInputValue[]; // the queries bind text, numbers, bigints, bytes and null only
}
