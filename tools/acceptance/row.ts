/** A row of the acceptance list: its number, what it asks for in a line, and why no test bears its number, if none does. */
export type Row = readonly [id: string, asks: string, why?: string];
