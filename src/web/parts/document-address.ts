/** Where the page of a document is; its key (`sale/731`) stands in the address as it is, each part spelt for it. */
export function documentAddress(profile: string, key: string): string {
  return `/p/${profile}/documents/${key.split('/').map(encodeURIComponent).join('/')}`;
}
