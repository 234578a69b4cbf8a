/** A SlowLink as a process: its options are the one argument, as JSON; its parent says what to do by messages, and hears `listening`. */
import {SlowLink, type SlowLinkOptions} from './slow-link.ts';

/** What the parent says. */
export type LinkCommand = {readonly stall: {readonly port: number; readonly afterBytes: number}} | 'resume';

const link = await SlowLink.listen(JSON.parse(process.argv[2] ?? '') as SlowLinkOptions);
process.on('message', (command: LinkCommand) => {
	if (command === 'resume') link.resume();
	else link.stall(command.stall.port, command.stall);
});
process.on('disconnect', () => process.exit());
process.send?.('listening');
