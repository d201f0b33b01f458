/** What a report can be written as. */
export const FORMATS = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"] as const;
export type Format = (typeof FORMATS)[number];
