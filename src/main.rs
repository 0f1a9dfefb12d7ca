//! The `postcall` program: hands the real command line to the library and exits with its code.

fn main() -> std::process::ExitCode {
    postcall::cli::main()
}
