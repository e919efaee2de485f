{
  lib,
  stdenvNoCC,
  fetchurl,
  nodejs,
  makeWrapper,
  installShellFiles,
}:

stdenvNoCC.mkDerivation (finalAttrs: {
  pname = "mfa-profile";
  version = "@VERSION@";

  src = fetchurl {
    url = "@TARBALL_URL@";
    hash = "@TARBALL_SRI@";
  };

  nativeBuildInputs = [
    makeWrapper
    installShellFiles
  ];

  # Everything is bundled: nothing is resolved, compiled or fetched.
  installPhase = ''
    runHook preInstall
    mkdir -p $out/lib/mfa-profile
    cp -r dist package.json LICENSE $out/lib/mfa-profile
    makeWrapper ${lib.getExe nodejs} $out/bin/mfa-profile \
      --add-flags $out/lib/mfa-profile/dist/mfa-profile.cjs
    installManPage dist/man/man1/*.1
    installShellCompletion --cmd mfa-profile \
      --bash <($out/bin/mfa-profile completion bash) \
      --zsh <($out/bin/mfa-profile completion zsh) \
      --fish <($out/bin/mfa-profile completion fish)
    runHook postInstall
  '';

  meta = {
    description = "@SUMMARY@";
    homepage = "@HOMEPAGE@";
    license = lib.licenses.mit;
    mainProgram = "mfa-profile";
    platforms = nodejs.meta.platforms;
  };
})
