/** What is used of `upng-js`, which comes without types. */
declare module 'upng-js' {
  type Image = { readonly width: number; readonly height: number };
  const upng: {
    readonly decode: (png: Uint8Array) => Image;
    readonly toRGBA8: (image: Image) => ArrayBuffer[];
    /** `colours`: so many at most, 0 for all. */
    readonly encode: (frames: readonly ArrayBuffer[], width: number, height: number, colours: number) => ArrayBuffer;
  };
  export default upng;
}
