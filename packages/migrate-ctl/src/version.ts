import manifest from '../package.json' with {type: 'json'};

export const VERSION: string = manifest.version;

/** How migrate-ctl introduces itself to a daemon. */
export const SOFTWARE = `migrate-ctl ${VERSION}`;
