using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OmniGen2.Web.History.Migrations
{
    /// <inheritdoc />
    public partial class Verdicts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<double>(
                name: "Score",
                table: "Verdicts",
                type: "REAL",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "REAL");

            migrationBuilder.AddColumn<double>(
                name: "Cost",
                table: "Verdicts",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Repair",
                table: "Verdicts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Rewording",
                table: "Verdicts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Tokens",
                table: "Verdicts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Cost",
                table: "Verdicts");

            migrationBuilder.DropColumn(
                name: "Repair",
                table: "Verdicts");

            migrationBuilder.DropColumn(
                name: "Rewording",
                table: "Verdicts");

            migrationBuilder.DropColumn(
                name: "Tokens",
                table: "Verdicts");

            migrationBuilder.AlterColumn<double>(
                name: "Score",
                table: "Verdicts",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0,
                oldClrType: typeof(double),
                oldType: "REAL",
                oldNullable: true);
        }
    }
}
