// esbuild's text loader: the file's content as a string.
declare module "*.txt" {
  const content: string;
  export default content;
}
