/** The guest that faults are tried on: small and busy, of one name everywhere. */
export const DOMAIN = 'dom1';

/** What `domain create` is told of it. */
export const SMALL_GUEST: readonly string[] =
	'--memory 64MiB --content random --pattern hot-set --hot 8MiB --rate 40MB/s --line-interval 5ms'.split(' ');
