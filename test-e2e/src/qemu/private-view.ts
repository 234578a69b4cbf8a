/**
 * A wrapper for a host's daemons (`DaemonStartOptions.wrapper`), in which `directory` has the content of `content`: hosts of a lab share one file system,
 * and a host whose files are its own sees others under the same path. Needs root. What the daemon starts sees the same.
 */
export function privateView(directory: string, content: string): readonly string[] {
	return [
		'unshare',
		'--mount',
		'--propagation',
		'private',
		'sh',
		'-ec',
		'mount --bind "$2" "$1"; shift 2; exec "$@"',
		'sh',
		directory,
		content,
	];
}
