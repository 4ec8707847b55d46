/** Files sent or packed together are each held whole in memory, in the browser and in the server: a larger one goes alone. */
export const MAX_PART_MEGABYTES = 32;
