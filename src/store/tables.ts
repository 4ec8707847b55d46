import type { Generated } from 'kysely';

/** The database's rows. Integers are read as bigint (some are amounts); see `sqlite.ts`. */
export type Tables = {
  profile: {
    id: string;
    document: string;
    demo: number | bigint;
    revision: number | bigint;
    created_at: string;
    updated_at: string;
    /** Null: it is there. */
    deleted_at: Generated<string | null>;
  };
  setting: { name: string; value: string };
  secret: { profile: string; name: string; sealed: string };
  run: {
    id: string;
    profile: string;
    kind: string;
    from_day: string | null;
    to_day: string | null;
    state: string;
    request: string;
    started_at: string;
    ended_at: string | null;
    counts: string;
    debit_minor: bigint;
    credit_minor: bigint;
    currency: string;
    decimals: number | bigint;
    matching_codes: number | bigint;
    troubles: string;
    file: string | null;
    control: string | null;
    /** JSON of who took it back, when and why. */
    undone: string | null;
    downloaded_at: string | null;
  };
  run_event: { run: string; seq: number | bigint; event: string };
  part: {
    profile: string;
    document: string;
    part: string;
    state: string;
    hash: string | null;
    order_id: string;
    day: string | null;
    run: string | null;
    at: string;
    reason: string | null;
    claim: string | null;
    claim_hash: string | null;
    /** Of the entry in the run that wrote it; `claim_number` until it is marked. */
    number: number | bigint | null;
    claim_number: number | bigint | null;
  };
  part_history: {
    /** Grows with each line; two of one moment keep their order. */
    seq: Generated<number | bigint>;
    profile: string;
    document: string;
    part: string;
    action: string;
    run: string | null;
    hash: string | null;
    at: string;
    reason: string | null;
    number: number | bigint | null;
    user?: string | null;
  };
  written_lot: { run: string; first_number: number | bigint; body: Uint8Array };
  /** A lot that was added up; `version` is of the way it was done. */
  summed_lot: { run: string; first_number: number | bigint; version: number | bigint; entries: number | bigint };
  /** Of the lot of that number; a country or item that there is none of is empty. */
  lot_fact: {
    profile: string;
    day: string;
    about: string;
    currency: string;
    country: string;
    item: string;
    run: string;
    first_number: number | bigint;
    decimals: number | bigint;
    amount_minor: bigint;
    base_minor: bigint;
    entries: number | bigint;
    entries_of_about: number | bigint;
    entries_of_all: number | bigint;
  };
  /** What a lot leaves on the customer's account of an order, unless nothing. */
  lot_order: {
    profile: string;
    currency: string;
    order_number: string;
    run: string;
    first_number: number | bigint;
    document: string;
    day: string | null;
    amount_minor: bigint;
  };
  /** An entry that was written and does not stand; `taken_off`: of the sums of its lot. */
  taken_entry: { run: string; number: number | bigint; taken_off: number | bigint };
  /** Numbers and ids a document is called by, without their `#`. */
  document_name: { profile: string; name: string; document: string };
  run_document: {
    run: string;
    seq: number | bigint;
    key: string;
    state: string;
    problem: number | bigint;
    summary: string;
    canonical: string | null;
  };
  review_entry: {
    run: string;
    number: number | bigint;
    seq: number | bigint;
    document: string;
    part: string;
    hash: string;
    kind: string;
    journal: string;
    day: string;
    piece: string;
    reference: string;
    order_number: string;
    payment: string | null;
    currency: string;
    /** Sums of the lines' debits and credits. */
    total_minor: bigint;
    credit_minor: bigint;
    lines: number | bigint;
    ticked: number | bigint;
    again: number | bigint;
    correction: number | bigint | null;
    entry: string;
  };
  review_line: {
    run: string;
    number: number | bigint;
    line: number | bigint;
    account: string;
    third_party: string | null;
    label: string;
    tax_code: string | null;
    tax_rate: string | null;
    amount_minor: bigint;
  };
  customer_code: {
    profile: string;
    kind: string;
    customer: string;
    scheme: string;
    number: number | bigint;
    code: string;
    written: number | bigint;
    at: string;
  };
  lock: { profile: string; run: string; pid: number | bigint; process: string; since: string };
  kept_read: {
    profile: string;
    kind: string;
    signature: string;
    started_at: string;
    mark: string | null;
    page: number | bigint;
    items: number | bigint;
  };
  user: {
    id: string;
    name: string;
    role: string;
    password: string;
    created_at: string;
    seen_at: string | null;
  };
  session: {
    hash: string;
    user: string | null;
    created_at: string;
    seen_at: string;
    address: string;
    agent: string;
  };
  token: {
    id: string;
    hash: string;
    user: string | null;
    name: string;
    role: string;
    created_at: string;
    expires_at: string;
    used_at: string | null;
  };
  attempt: { key: string; failures: number | bigint; at: string };
  audit: {
    seq: Generated<number | bigint>;
    at: string;
    user: string | null;
    via: string;
    act: string;
    object: string | null;
  };
  kept_page: { seq: Generated<number | bigint>; profile: string; kind: string; body: Uint8Array };
  raw_answer: { profile: string; document: string; at: string; body: Uint8Array };
};
