class MfaProfile < Formula
  desc "@SUMMARY@"
  homepage "@HOMEPAGE@"
  url "@TARBALL_URL@"
  sha256 "@TARBALL_SHA256@"
  license "MIT"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink Dir["#{libexec}/bin/*"]
    man1.install_symlink Dir["#{libexec}/lib/node_modules/mfa-profile/dist/man/man1/*.1"]
    generate_completions_from_executable(bin/"mfa-profile", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/mfa-profile --version")
    ENV["HOME"] = testpath
    assert_match "\"profiles\":", shell_output("#{bin}/mfa-profile status --json")
  end
end
