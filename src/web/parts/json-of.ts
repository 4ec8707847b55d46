/** What a JSON file says; a file that is none is a trouble to be shown. */
export async function jsonOf(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch (cause) {
    throw { code: 'web.not-json', values: { file: file.name, reason: String(cause) } };
  }
}
