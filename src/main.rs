//! The `postcall` program: hands the real command line to the library and exits with its code.

#[global_allocator]
static MEMORY: postcall::cli::Wiping = postcall::cli::Wiping::new();

fn main() -> std::process::ExitCode {
    postcall::cli::main()
}
