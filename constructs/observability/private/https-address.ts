/** An address that starts with `https://`, without blanks and without a user's name and password in it. */
export const HTTPS_ADDRESS = /^https:\/\/[^\s/@]+(\/\S*)?$/;
