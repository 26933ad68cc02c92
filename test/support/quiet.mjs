// The functions' log lines would drown what the tests say. POWERTOOLS_LOG_LEVEL=INFO npm test shows them.
process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT';

// What a suite calls by itself speaks to somebody who has typed "nameplate" without npm.
delete process.env.npm_command;
