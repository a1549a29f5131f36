"""build.py FOLDER: the package for conda in FOLDER, from an empty channel with the machine's compilers and libraries, tested by the
recipe's own tests. The variant for conda-forge is rendered, which checks its spelling; building it needs that channel.
The last line is the package's file. Needs rules/conda/requirements.txt."""

import pathlib
import sys

import rattler_build as rb

HERE = pathlib.Path(__file__).parent


RENDER = rb.RenderConfig(rb.PlatformConfig(experimental=True))  # (the release is read from a file)


def variants(libraries):
    return rb.VariantConfig({"libraries": [libraries], "c_stdlib": ["sysroot"], "c_stdlib_version": ["2.17"]})


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    channel = folder / "channel"
    (channel / "noarch").mkdir(parents=True, exist_ok=True)
    (channel / "noarch" / "repodata.json").write_text('{"packages": {}, "packages.conda": {}}')
    recipe = rb.Stage0Recipe.from_file(HERE / "recipe.yaml")
    for variant in recipe.render(variants("channel"), RENDER):
        print(f"rendered: {variant.recipe.package.name} {variant.recipe.package.version} for conda-forge")
    tools = rb.ToolConfiguration(test_strategy="native")
    for built in recipe.run_build(variants("system"), tools, output_dir=folder / "out", channels=[channel.as_uri()],
                                  no_build_id=True, package_format="tar.bz2", render_config=RENDER):
        print(*built.packages, sep="\n")


if __name__ == "__main__":
    main()
