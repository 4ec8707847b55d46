/** The largest file of sales that is taken in: some 400 000 orders. */
export const MAX_FILE_MEGABYTES = 1024;

/** The beginning of a file that tells what it is: the header and a document, unless that is of thousands of lines. */
export const PEEKED_BYTES = 1024 * 1024;
