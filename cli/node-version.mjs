// Runs before every npm script. The scripts run on the Lambda runtime's own Node, which comes with `npm ci` as the
// "node" package; its binary is fetched by an install script, and when that was skipped, npm falls back in silence.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Cannot run on Node ${process.versions.node}: Nameplate needs Node 24, which "npm ci" brings along. ` +
      'Its install script was skipped; run "npm ci" again without --ignore-scripts',
  );
  process.exit(1);
}
