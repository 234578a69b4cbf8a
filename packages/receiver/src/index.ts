// The public names of @sterna/receiver, one by one. The daemon is main.ts.
export {VERSION} from './version.ts';
