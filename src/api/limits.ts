/** The largest file of sales that is taken in: some 400 000 orders. */
export const MAX_FILE_MEGABYTES = 1024;
