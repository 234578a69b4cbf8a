/** Of this build; the packages of the workspace are released together. */
export const VERSION = '0.1.0';
